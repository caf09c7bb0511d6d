package dev.mtc.transfer.internal.rsync;

import dev.mtc.transfer.internal.pods.FakePods;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** The objects of a transfer in memory; tests are the kubelet. */
final class FakeObjects extends FakePods<Role> implements TransferObjects {

    boolean started;
    int lastAttempt;
    Optional<Endpoint.Address> address = Optional.of(new Endpoint.Address("198.51.100.7", 30100));

    @Override
    public boolean isStarted() {
        return started;
    }

    @Override
    public void start() {
        started = true;
        createReceiver(1);
    }

    @Override
    public String logTail(Pod pod) {
        return log;
    }

    @Override
    public int lastAttempt() {
        return lastAttempt;
    }

    @Override
    public String claim(Role role) {
        return role == Role.RECEIVER ? "target/files (not bound, storage class slow)" : "source/files";
    }

    @Override
    public void createReceiver(int attempt) {
        makePod(Role.RECEIVER, attempt);
    }

    @Override
    public Optional<Endpoint.Address> address(Pod receiver) {
        return address;
    }

    @Override
    public String requirement() {
        return "open the port";
    }

    @Override
    public void createSender(int attempt, Endpoint.Address to) {
        lastAttempt = attempt;
        makePod(Role.SENDER, attempt);
    }
}

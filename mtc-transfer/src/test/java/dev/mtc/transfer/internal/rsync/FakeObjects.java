package dev.mtc.transfer.internal.rsync;

import dev.mtc.api.EndpointChoice;
import dev.mtc.transfer.internal.pods.FakePods;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** The objects of a transfer in memory; tests are the kubelet. */
final class FakeObjects extends FakePods<Role> implements TransferObjects {

    boolean started;
    int lastAttempt;
    List<Endpoint.Address> addresses = List.of(new Endpoint.Address(EndpointChoice.NODE_PORT, "198.51.100.7", 30100));
    int tunnelsHeld;
    int limitsKept;
    boolean tunnelDropped;

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
    public List<Endpoint.Address> addresses(Pod receiver) {
        return addresses;
    }

    @Override
    public String requirement() {
        return "open the port";
    }

    @Override
    public void keepLimit(Pod sender) {
        limitsKept++;
    }

    @Override
    public void holdTunnel(Pod sender) {
        tunnelsHeld++;
    }

    @Override
    public void dropTunnel() {
        tunnelDropped = true;
    }

    @Override
    public void createSender(int attempt, List<Endpoint.Address> to) {
        lastAttempt = attempt;
        makePod(Role.SENDER, attempt);
    }
}

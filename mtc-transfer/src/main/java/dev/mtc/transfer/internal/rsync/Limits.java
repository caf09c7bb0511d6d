package dev.mtc.transfer.internal.rsync;

import dev.mtc.transfer.internal.pods.MoverPod;
import dev.mtc.transfer.internal.pods.TransferId;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.OutputStream;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What senders may send in a second, as this process told them last. Thread-safe. */
final class Limits {

    /** The variable of a sender with what it may send at its begin; one without it has no limit. */
    static final String VARIABLE = "LIMIT";

    private static final int PATIENCE_SECONDS = 5;

    /** Pods that have just ended, and servers that have much to do. */
    private static final Set<Integer> PASSING = Set.of(404, 409, 429);

    private final Map<TransferId, Told> told = new ConcurrentHashMap<>();

    /**
     * What a pod was told.
     *
     * @param uid the pod's
     * @param rate bytes in a second
     */
    private record Told(String uid, long rate) {}

    /**
     * Has a sender that runs keep a limit from now on, if it was made with one. What fails is tried at the next look.
     *
     * @throws KubernetesClientException if the API server refuses it
     */
    void keep(TransferId id, KubernetesClient client, Pod sender, long rate) {
        OptionalLong first = first(sender);
        if (first.isEmpty()) {
            return;
        }
        Told wanted = new Told(sender.getMetadata().getUid(), rate);
        Told last = told.get(id);
        long known = last != null && last.uid().equals(wanted.uid()) ? last.rate() : first.getAsLong();
        if (known != rate && tell(client, sender, rate)) {
            told.put(id, wanted);
        }
    }

    private static OptionalLong first(Pod sender) {
        return sender.getSpec().getContainers().get(0).getEnv().stream()
                .filter(variable -> VARIABLE.equals(variable.getName()))
                .map(EnvVar::getValue)
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private static boolean tell(KubernetesClient client, Pod sender, long rate) {
        try (ExecWatch command = client.pods()
                .resource(sender)
                .inContainer(MoverPod.CONTAINER)
                .writingError(OutputStream.nullOutputStream())
                .exec("bash", "-c", "cd /mtc/run && echo " + rate + " >rate.new && mv rate.new rate")) {
            return command.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS) == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (KubernetesClientException e) {
            boolean mayPass = e.getCode() < 400 || e.getCode() >= 500 || PASSING.contains(e.getCode());
            if (mayPass) {
                return false;
            }
            throw e;
        }
    }

    /** Forgets a transfer. */
    void drop(TransferId id) {
        told.remove(id);
    }
}

package dev.mtc.engine.internal;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicInteger;

/** The way of a process to a cluster that ends in the middle of its work: after some writes no request is sent any more. */
final class MortalClient implements Interceptor, AutoCloseable {

    private final KubernetesClient client;
    private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean dead;

    MortalClient(KubernetesClient immortal) {
        client = new KubernetesClientBuilder()
                .withConfig(immortal.getConfiguration())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("mortal", this))
                .build();
    }

    KubernetesClient client() {
        return client;
    }

    /** Lets the process live for so many writes more. */
    void dieAfter(int writes) {
        writesLeft.set(writes);
    }

    boolean isDead() {
        return dead;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!request.method().equals("GET") && writesLeft.getAndDecrement() <= 0) {
            dead = true;
        }
        if (dead) {
            throw new IllegalStateException("This process has ended");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

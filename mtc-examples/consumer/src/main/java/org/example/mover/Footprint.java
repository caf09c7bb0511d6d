package org.example.mover;

import com.sun.net.httpserver.HttpServer;
import dev.mtc.api.CheckReport;
import dev.mtc.api.Clusters;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells what a program takes on with mtc: jars, bytes, and how long a new JVM takes until its first call of an API server. */
public final class Footprint {

    private static final int MOST_JARS = 75;

    /** Libraries of listeners that nobody is made to have. */
    private static final List<String> OPTIONAL = List.of("micrometer", "opentelemetry");

    /** Lists of all kinds of resources that fabric8 has classes for, hundreds of which it would load before the first call. */
    private static final String MODELS = "META-INF/services/io.fabric8.kubernetes.api.model.KubernetesResource";

    /** Its annotations are versioned apart. */
    private static final Pattern JACKSON = Pattern.compile("jackson-(?!annotations).*-(\\d+\\.\\d+)[^-]*\\.jar");

    private Footprint() {}

    /** Exits with 1 if no call came, or only after a search for models, or if jars are too many, optional or of several Jacksons. */
    public static void main(String[] arguments) throws IOException {
        boolean isAsked = firstCall();
        boolean isSmall = classPath();
        System.exit(isAsked && isSmall ? 0 : 1);
    }

    /** Libraries of one family in several versions would be a mixture that nobody tests. */
    private static Set<String> jacksons(List<Path> jars) {
        return jars.stream()
                .map(jar -> JACKSON.matcher(jar.getFileName().toString()))
                .filter(Matcher::matches)
                .map(jar -> jar.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean classPath() throws IOException {
        List<Path> jars = new ArrayList<>();
        long bytes = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                jars.add(Path.of(entry));
                bytes += Files.size(Path.of(entry));
            }
        }
        List<Path> optional = jars.stream()
                .filter(jar -> OPTIONAL.stream().anyMatch(jar.getFileName().toString()::contains))
                .toList();
        System.out.println("jars on the class path: " + jars.size() + " (at most " + MOST_JARS + "), "
                + bytes / 1_000_000 + " MB; optional ones: " + optional + "; versions of Jackson: " + jacksons(jars));
        return jars.size() <= MOST_JARS && optional.isEmpty() && jacksons(jars).size() == 1;
    }

    private static boolean firstCall() throws IOException {
        AtomicLong first = new AtomicLong();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            first.compareAndSet(0, System.nanoTime());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        Path kubeconfig = Files.createTempFile("footprint", ".yaml");
        try {
            Files.writeString(
                    kubeconfig,
                    """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: new, cluster: {server: "http://127.0.0.1:%d"}}]
                    contexts: [{name: new, context: {cluster: new, user: new}}]
                    users: [{name: new, user: {token: none}}]
                    current-context: new
                    """
                            .formatted(server.getAddress().getPort()));
            Searched searched = new Searched(Thread.currentThread().getContextClassLoader());
            Thread.currentThread().setContextClassLoader(searched);
            long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
            long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long begin = System.nanoTime();
            CheckReport report =
                    Clusters.fromKubeconfig(kubeconfig).named("new").check();
            processor = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor) / 1_000_000;
            if (first.get() == 0) {
                System.out.println("no call came: " + report.describe());
                return false;
            }
            long took = (first.get() - begin) / 1_000_000;
            System.out.println("first API call after " + took + " ms, " + (uptime + took) + " ms after the JVM began; "
                    + "the whole check took " + processor + " ms of processor time");
            if (searched.forModels) {
                System.out.println("all kinds of resources were searched for before that");
            }
            return !searched.forModels;
        } finally {
            Files.delete(kubeconfig);
            server.stop(0);
        }
    }

    /** Knows whether it was searched for all kinds of resources. */
    private static final class Searched extends ClassLoader {
        private volatile boolean forModels;

        Searched(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            forModels |= name.equals(MODELS);
            return super.getResources(name);
        }
    }
}

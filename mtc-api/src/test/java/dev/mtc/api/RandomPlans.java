package dev.mtc.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

/** Makes plans that manifests can express, the same one for the same seed. */
final class RandomPlans {

    private static final byte[] PEM =
            "-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n".getBytes(StandardCharsets.UTF_8);

    private final Random random;

    RandomPlans(int seed) {
        random = new Random(seed);
    }

    private String any(String... words) {
        return words[random.nextInt(words.length)];
    }

    Plan plan() {
        PlanBuilder plan = Plan.named(any("shop", "1e3", "no", "p-1"))
                .from(cluster("a", "s1"))
                .to(random.nextBoolean() ? Clusters.inCluster() : cluster("b", "s2"))
                .via(storage());
        int namespaces = 1 + random.nextInt(3);
        for (int i = 0; i < namespaces; i++) {
            plan.namespace("n" + i, random.nextBoolean() ? "n" + i : any("x", "y") + i);
        }
        content(plan);
        volumes(plan, namespaces);
        hooks(plan);
        for (ClusterScoped what : ClusterScoped.values()) {
            plan = random.nextInt(4) == 0 ? plan.withClusterScoped(what) : plan;
        }
        plan.existingClusterScoped(ClusterScopedPolicy.values()[random.nextInt(3)]);
        plan = random.nextBoolean() ? plan : plan.keepCaptures(1 + random.nextInt(20));
        plan.existing(ExistingPolicy.values()[random.nextInt(3)]);
        options(plan);
        plan.images(images());
        plan = random.nextBoolean() ? plan.directImages() : plan.indirectImages();
        boolean direct = random.nextBoolean();
        plan.volumeEndpoint(direct ? EndpointChoice.values()[random.nextInt(6)] : EndpointChoice.AUTO);
        plan = direct && random.nextBoolean() ? plan.volumeBandwidth(any("50Mi", "1.5G", "7")) : plan;
        return (direct ? plan.directVolumes() : plan.indirectVolumes()).build();
    }

    private void hooks(PlanBuilder plan) {
        for (HookPoint point : HookPoint.values()) {
            if (random.nextInt(3) == 0) {
                plan.hook(point, hook());
            }
        }
    }

    private void options(PlanBuilder plan) {
        if (random.nextBoolean()) {
            plan.rewriteServiceHosts();
        }
        if (random.nextBoolean()) {
            plan.copyImages("quay.io/acme", "new.example/acme").copyImages("quay.io/acme/web", "new.example/web");
        }
        if (random.nextBoolean()) {
            plan.deploymentConfigsToDeployments();
        }
    }

    private void content(PlanBuilder plan) {
        if (random.nextBoolean()) {
            plan.labelSelector(any("a=b", "a in (x,1),c", "!a,b!=yes", "example.com/a=,b notin (u,v)", "z,a=1,a=2"));
        }
        if (random.nextBoolean()) {
            plan.includeResources(
                    "deployments.apps", any("endpoints", "widgets.acme.example", "ingresses.networking.k8s.io"));
            plan.excludeResources("events", "routes.route.openshift.io");
            plan.restoreStatus("certificates.cert-manager.io", "jobs.batch");
        }
    }

    private void volumes(PlanBuilder plan, int namespaces) {
        if (random.nextBoolean()) {
            VolumeChoice rule = choice(0);
            boolean renames =
                    rule instanceof VolumeChoice.Copy copy && copy.targetName().isPresent();
            plan.volumes(renames ? VolumeChoice.skip() : rule);
        }
        int volumes = random.nextInt(4);
        for (int i = 0; i < volumes; i++) {
            plan.volume("n" + random.nextInt(namespaces) + "/v" + i, choice(i));
        }
    }

    private Cluster cluster(String name, String token) {
        Cluster cluster = Clusters.fromToken("https://" + name + ".example:6443", Secret.of(token))
                .named(name);
        cluster = random.nextBoolean() ? cluster.insecure() : cluster.caBundle(PEM);
        cluster = random.nextBoolean() ? cluster : cluster.exposedRegistry(any("r.example", "http://r:5000"));
        cluster = random.nextBoolean() ? cluster : cluster.internalRegistry("registry.svc:5000");
        return random.nextBoolean() ? cluster : cluster.moverImage("quay.io/acme/mover:1");
    }

    private Storage storage() {
        S3Storage storage =
                random.nextBoolean() ? Storage.s3("bucket") : Storage.s3("bucket.eu", "http://10.0.0.1:9000");
        storage = random.nextBoolean() ? storage : storage.pathStyleAccess();
        storage = switch (random.nextInt(4)) {
            case 0 -> storage.credentials("id", Secret.of("key"));
            case 1 -> storage.credentials("id", Secret.of("key"), Secret.of("token"));
            case 2 -> storage.profile(any("work", "a b"));
            default -> storage;
        };
        storage = random.nextBoolean()
                ? storage
                : storage.kmsKey(any("alias/mtc", "1234")).checksums(S3Storage.Checksums.WHEN_SUPPORTED);
        storage = random.nextBoolean() ? storage : storage.region("eu-west-1").prefix("team a/");
        storage = random.nextBoolean() ? storage : storage.caBundle(PEM).insecure();
        storage = random.nextBoolean() ? storage : storage.volumePassword(Secret.of("sesame"));
        return storage.named(any("repo", "off"));
    }

    private ImageChoice images() {
        ImageChoice choice = ImageChoice.copy();
        choice = random.nextBoolean() ? choice : choice.platforms("linux/amd64", "linux/arm/v7");
        choice = random.nextBoolean() ? choice : choice.atMost(any("20Gi", "1.5Gi", "1000000"));
        choice = random.nextBoolean() ? choice : choice.bandwidth(any("50Mi", "7M"));
        choice = random.nextBoolean() ? choice : choice.pinned();
        choice = random.nextBoolean() ? choice : choice.atOnce(1 + random.nextInt(9));
        choice = random.nextBoolean() ? choice : choice.withoutAttachments();
        return random.nextBoolean() ? choice : choice.usePullSecrets();
    }

    private VolumeChoice choice(int number) {
        if (random.nextInt(4) == 0) {
            return random.nextBoolean() ? VolumeChoice.move() : VolumeChoice.skip();
        }
        VolumeChoice.Copy copy = VolumeChoice.copy(CopyMethod.values()[random.nextInt(3)]);
        copy = random.nextBoolean() ? copy : copy.storageClass(any("gp3", "123", "fast.ssd"));
        copy = random.nextBoolean() ? copy : copy.accessMode(any("ReadWriteOnce", "ReadWriteOncePod"));
        copy = random.nextBoolean() ? copy : copy.size(any("20Gi", "1.5Gi", "1000000", "7G"));
        copy = random.nextBoolean() ? copy : copy.rename(any("w", "1.") + number);
        return random.nextBoolean() ? copy : copy.verify(Verification.values()[random.nextInt(3)]);
    }

    private Hook hook() {
        String image = any("busybox", "r:5000/a/b@sha256:" + "0".repeat(64));
        Hook.Job job = random.nextBoolean()
                ? Hook.image(image)
                : Hook.ansible(image, any("- hosts: all\n", "# Füße\r\n---\n- {}"));
        job = job.on(Side.values()[random.nextInt(2)]).retries(random.nextInt(101));
        job = random.nextBoolean() ? job : job.inNamespace("tools");
        job = random.nextBoolean() ? job : job.serviceAccount("runner");
        return random.nextBoolean() ? job : job.deadline(Duration.ofSeconds(90));
    }
}

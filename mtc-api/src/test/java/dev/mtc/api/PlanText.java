package dev.mtc.api;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.TreeMap;

/** Everything that a plan says, in a form in which equal plans are equal texts; secrets included. */
final class PlanText {

    private PlanText() {}

    static String of(Plan plan) {
        return String.join(
                "\n",
                List.of(
                        plan.name(),
                        of(plan.from()),
                        of(plan.to()),
                        plan.via().map(PlanText::of).orElse("-"),
                        plan.namespaces().toString(),
                        plan.labelSelector().map(PlanText::selector).orElse("-"),
                        plan.includedResources().stream().sorted().toList().toString(),
                        plan.excludedResources().toString(),
                        plan.statusResources().toString(),
                        of(plan.volumeRule()),
                        volumes(plan),
                        plan.volumeRoute() + " " + plan.volumeEndpoint() + " " + plan.volumeBandwidth() + " "
                                + plan.imageRoute(),
                        plan.hooks().stream()
                                .map(hook -> of(plan, hook))
                                .toList()
                                .toString(),
                        plan.capturesKept() + " " + plan.existing() + " " + plan.existingClusterScoped() + " "
                                + plan.clusterScoped(),
                        plan.rewritesServiceHosts() + " " + plan.convertsDeploymentConfigs()));
    }

    private static String selector(String text) {
        LabelSelector selector = LabelSelectors.parse(text);
        return new TreeMap<>(selector.getMatchLabels()) + " " + selector.getMatchExpressions();
    }

    private static String volumes(Plan plan) {
        TreeMap<String, String> choices = new TreeMap<>();
        plan.volumeExceptions().forEach((claim, choice) -> choices.put(claim, of(choice)));
        return choices.toString();
    }

    private static String of(VolumeChoice choice) {
        return choice instanceof VolumeChoice.Copy copy
                ? List.of(
                                copy.method(),
                                copy.storageClass(),
                                copy.accessMode(),
                                copy.targetName(),
                                copy.size().map(size -> new Quantity(size)
                                        .getNumericalAmount()
                                        .stripTrailingZeros()),
                                copy.verification())
                        .toString()
                : choice.toString();
    }

    private static String of(Plan plan, PlannedHook planned) {
        Hook.Job job = (Hook.Job) planned.hook();
        NamespaceMapping first = plan.namespaces().get(0);
        String namespace = job.namespace().orElse(job.side() == Side.SOURCE ? first.source() : first.target());
        return List.of(
                        planned.point(),
                        job,
                        job.playbook(),
                        job.retries(),
                        namespace,
                        job.serviceAccount().orElse("default"),
                        job.deadline())
                .toString();
    }

    private static String of(Cluster cluster) {
        String token = cluster.connection() instanceof Cluster.Connection.Token it
                ? it.token().reveal()
                : "";
        return List.of(
                        cluster,
                        token,
                        cluster.caCertificates(),
                        cluster.isInsecure(),
                        cluster.registry(),
                        cluster.internalRegistry(),
                        cluster.moverImage())
                .toString();
    }

    private static String of(Storage storage) {
        S3Storage s3 = (S3Storage) storage;
        return List.of(
                        s3.name(),
                        s3.bucket(),
                        s3.endpoint(),
                        s3.region(),
                        s3.addressing(),
                        s3.accessKey(),
                        s3.secretKey().map(Secret::reveal),
                        s3.sessionToken().map(Secret::reveal),
                        s3.profile(),
                        s3.kmsKey(),
                        s3.checksums(),
                        s3.volumePassword().map(Secret::reveal),
                        s3.caCertificates(),
                        s3.isInsecure(),
                        s3.prefix())
                .toString();
    }
}

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Random applications, each object twice: as a source shows it, with what its server and controllers added, and as the target shall
 * have it, made from the same words without asking the code under test. The same seed gives the same objects.
 */
final class RandomGraph {

    private static final List<String> NAMES = List.of("web", "db", "api", "cache");
    private static final String MARKS =
            "{'migration.openshift.io/migrated-by-migplan':'plan-uid','migration.openshift.io/migrated-by-migmigration':'migration-uid'}";

    private final Random random;
    private final Map<String, String> namespaces;
    private final Map<String, String> claims = new HashMap<>();
    private final boolean claimsAsObjects;
    private final boolean widgetsExcluded;
    private final List<Entry> entries = new ArrayList<>();
    private int next;

    private RandomGraph(long seed, Map<String, String> namespaces) {
        this.random = new Random(seed);
        this.namespaces = namespaces;
        this.claimsAsObjects = random.nextBoolean();
        this.widgetsExcluded = random.nextInt(4) == 0;
    }

    /**
     * An object.
     *
     * @param key which one on the source
     * @param captured as the source shows it
     * @param expected what the target shall have, null if it is left out
     * @param owners what shall own it there, as kind and name
     */
    record Entry(ObjectKey key, ObjectNode captured, @Nullable ObjectNode expected, List<String> owners) {}

    static RandomGraph of(long seed, Map<String, String> namespaces) {
        RandomGraph graph = new RandomGraph(seed, namespaces);
        namespaces.keySet().forEach(graph::namespace);
        if (seed % 4 == 0) {
            Collections.shuffle(graph.entries, graph.random);
        } else {
            graph.entries.sort(
                    Comparator.comparingInt(entry -> ApplyOrder.wave(entry.key().resource())));
        }
        return graph;
    }

    /** {@return the objects, of some graphs in no order and of others as they are captured} */
    List<Entry> entries() {
        return entries;
    }

    /** {@return the new names of claims, by namespace/name} */
    Map<String, String> claims() {
        return claims;
    }

    boolean claimsAsObjects() {
        return claimsAsObjects;
    }

    boolean widgetsExcluded() {
        return widgetsExcluded;
    }

    private void namespace(String namespace) {
        leftOut(
                namespace,
                "configmaps",
                "{'kind':'ConfigMap','metadata':{'name':'kube-root-ca.crt'},'data':{'ca.crt':'x'}}");
        defaultAccount(namespace);
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                account(namespace, name);
            }
            if (random.nextBoolean()) {
                claim(namespace, name);
            }
            if (random.nextBoolean()) {
                deployment(namespace, name);
            }
            if (random.nextBoolean()) {
                service(namespace, name);
            }
            if (random.nextBoolean()) {
                jobs(namespace, name);
            }
            if (random.nextBoolean()) {
                widget(namespace, name);
            }
            if (random.nextBoolean()) {
                binding(namespace, name);
            }
            if (random.nextBoolean()) {
                pod(namespace, name);
            }
        }
    }

    private void defaultAccount(String namespace) {
        if (random.nextBoolean()) {
            leftOut(
                    namespace,
                    "serviceaccounts",
                    "{'kind':'ServiceAccount','metadata':{'name':'default'},'secrets':[{'name':'default-token-x'}]}");
            return;
        }
        String account =
                "{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'default','namespace':'%s','labels':{'team':'a'}}}";
        ObjectNode captured = json(account.formatted(namespace));
        captured.putArray("secrets").addObject().put("name", "default-token-x");
        add(at(namespace, "serviceaccounts"), captured, json(account.formatted(namespaces.get(namespace))), List.of());
    }

    private void account(String namespace, String name) {
        UnaryOperator<String> account =
                home -> "{'kind':'ServiceAccount','metadata':{'name':'%s'},'imagePullSecrets':[{'name':'registry'}]}"
                        .formatted(name);
        kept(at(namespace, "serviceaccounts"), account, List.of(), captured -> {
            captured.withArray("imagePullSecrets").addObject().put("name", name + "-dockercfg-abcde");
            captured.putArray("secrets").addObject().put("name", name + "-token-abcde");
        });
        String token =
                "{'kind':'Secret','type':'kubernetes.io/service-account-token','metadata':{'name':'%s','annotations':{'kubernetes.io/service-account.name':'%s'}}}";
        leftOut(namespace, "secrets", token.formatted(name + "-token-abcde", name));
        kept(at(namespace, "secrets"), home -> token.formatted(name + "-key", name), List.of(), captured -> {
            captured.putObject("data").put("token", "eA==").put("ca.crt", "eA==");
            captured.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put("kubernetes.io/service-account.uid", "u");
        });
    }

    private void claim(String namespace, String name) {
        String claim = "{'kind':'PersistentVolumeClaim','metadata':{'name':'%s'},'spec':{'storageClassName':'fast'}}"
                .formatted(name);
        if (!claimsAsObjects) {
            if (random.nextBoolean()) {
                claims.put(namespace + "/" + name, name + "-moved");
            }
            leftOut(namespace, "persistentvolumeclaims", claim);
            return;
        }
        kept(at(namespace, "persistentvolumeclaims"), home -> claim, List.of(), captured -> {
            captured.withObjectProperty("spec").put("volumeName", "pvc-1");
            captured.withObjectProperty("metadata")
                    .putObject("annotations")
                    .put("pv.kubernetes.io/bind-completed", "yes");
        });
    }

    private String template(String namespace, String home, String name) {
        boolean isTarget = !home.equals("source");
        String mounted = isTarget ? claims.getOrDefault(namespace + "/" + name, name) : name;
        return ("'template':{'metadata':{'labels':{'app':'%1$s'}},'spec':{'serviceAccountName':'%1$s','containers':[{'name':'a','image':'%2$s/%1$s:1',"
                        + "'envFrom':[{'secretRef':{'name':'%1$s'}}]},{'name':'b','image':'elsewhere.example/b'}],"
                        + "'initContainers':[{'name':'i','image':'%2$s/init'}],"
                        + "'volumes':[{'name':'data','persistentVolumeClaim':{'claimName':'%3$s'}}]}}")
                .formatted(name, isTarget ? "new.example" : "old.example", mounted);
    }

    private void deployment(String namespace, String name) {
        boolean paused = random.nextBoolean();
        kept(at(namespace, "deployments.apps"),
                home ->
                        "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'%1$s'},'spec':{'paused':%2$s,'selector':{'matchLabels':{'app':'%1$s'}},%3$s}}"
                                .formatted(name, paused, template(namespace, home, name)),
                List.of(),
                captured -> captured.withObjectProperty("metadata")
                        .putObject("annotations")
                        .put("deployment.kubernetes.io/revision", "3"));
        int rollouts = random.nextInt(4);
        for (int i = 1; i <= rollouts; i++) {
            boolean heldBack = paused && i == rollouts;
            rollout(namespace, name, i, heldBack);
            leftOut(
                    namespace,
                    "pods",
                    owned(
                            "{'kind':'Pod','metadata':{'name':'%s-%d-x'}}".formatted(name, i),
                            "apps/v1",
                            "ReplicaSet",
                            name + "-" + i));
        }
        String notes = owned(
                        "{'kind':'ConfigMap','metadata':{'name':'%s-notes'},'data':{'a':'b'}}".formatted(name),
                        "apps/v1",
                        "Deployment",
                        name)
                .replace("'controller':true", "'controller':false");
        kept(at(namespace, "configmaps"), home -> notes, List.of("Deployment " + name), captured -> {});
    }

    private void rollout(String namespace, String name, int number, boolean heldBack) {
        UnaryOperator<String> set = home -> owned(
                "{'apiVersion':'apps/v1','kind':'ReplicaSet','metadata':{'name':'%1$s-%2$d'},'spec':{'selector':{'matchLabels':{'app':'%1$s'}},%3$s}}"
                        .formatted(name, number, template(namespace, home, name)),
                "apps/v1",
                "Deployment",
                name);
        UnaryObject noise = captured -> {
            captured.withObjectProperty("spec").put("replicas", number);
            captured.withObjectProperty("metadata")
                    .putObject("annotations")
                    .put("deployment.kubernetes.io/revision", String.valueOf(number));
        };
        if (heldBack) {
            // Its Deployment takes it over by its selector.
            kept(at(namespace, "replicasets.apps"), set, List.of(), noise);
        } else {
            ObjectNode captured = captured(namespace, set.apply("source"));
            noise.change(captured);
            add(at(namespace, "replicasets.apps"), captured, null, List.of());
        }
    }

    private void service(String namespace, String name) {
        boolean selects = random.nextBoolean();
        String type = List.of("ClusterIP", "NodePort", "LoadBalancer").get(random.nextInt(3));
        boolean headless = type.equals("ClusterIP") && random.nextBoolean();
        String spec = "'type':'%s',%s'ports':[{'port':80}]"
                        .formatted(type, selects ? "'selector':{'app':'" + name + "'}," : "")
                + (headless ? ",'clusterIP':'None'" : "");
        kept(at(namespace, "services"),
                home -> "{'kind':'Service','metadata':{'name':'%s'},'spec':{%s}}".formatted(name, spec),
                List.of(),
                captured -> {
                    ObjectNode shown = captured.withObjectProperty("spec");
                    shown.put("clusterIP", headless ? "None" : "10.0.0." + random.nextInt(255));
                    ((ObjectNode) shown.at("/ports/0")).put("nodePort", 30000);
                });
        String endpoints =
                "{'kind':'Endpoints','metadata':{'name':'%s'},'subsets':[{'addresses':[{'ip':'192.0.2.1'}]}]}"
                        .formatted(name);
        if (selects) {
            leftOut(namespace, "endpoints", endpoints);
        } else {
            kept(at(namespace, "endpoints"), home -> endpoints, List.of(), captured -> {});
        }
        leftOut(
                namespace,
                "endpointslices.discovery.k8s.io",
                owned(
                        "{'apiVersion':'discovery.k8s.io/v1','kind':'EndpointSlice','metadata':{'name':'%s-x'}}"
                                .formatted(name),
                        "v1",
                        "Service",
                        name));
    }

    private void jobs(String namespace, String name) {
        String job = "{'apiVersion':'batch/v1','kind':'Job','metadata':{'name':'%s'},'spec':{%s}}";
        boolean ended = random.nextBoolean();
        UnaryOperator<String> bare = home -> job.formatted(name, template(namespace, home, name));
        UnaryObject noise = captured -> {
            captured.withObjectProperty("spec")
                    .putObject("selector")
                    .putObject("matchLabels")
                    .put("controller-uid", "u");
            ((ObjectNode) captured.at("/spec/template/metadata/labels"))
                    .put("controller-uid", "u")
                    .put("job-name", name);
            if (ended) {
                captured.putObject("status")
                        .putArray("conditions")
                        .addObject()
                        .put("type", "Complete")
                        .put("status", "True");
            }
        };
        if (ended) {
            ObjectNode captured = captured(namespace, bare.apply("source"));
            noise.change(captured);
            add(at(namespace, "jobs.batch"), captured, null, List.of());
        } else {
            kept(at(namespace, "jobs.batch"), bare, List.of(), noise);
        }
        kept(at(namespace, "cronjobs.batch"),
                home ->
                        "{'apiVersion':'batch/v1','kind':'CronJob','metadata':{'name':'%s'},'spec':{'jobTemplate':{'spec':{%s}}}}"
                                .formatted(name, template(namespace, home, name)),
                List.of(),
                captured -> {});
        leftOut(
                namespace,
                "jobs.batch",
                owned(job.formatted(name + "-1", template(namespace, "source", name)), "batch/v1", "CronJob", name));
    }

    private void widget(String namespace, String name) {
        String widget =
                "{'apiVersion':'example.com/v1','kind':'Widget','metadata':{'name':'%s'},'spec':{'size':3,'deep':{'list':[1,null,true]}}}";
        UnaryObject finalized = captured ->
                captured.withObjectProperty("metadata").putArray("finalizers").add("example.com/keep");
        String part = owned(widget.formatted(name + "-part"), "example.com/v1", "Widget", name)
                .replace("'controller':true", "'controller':false");
        if (widgetsExcluded) {
            leftOut(namespace, "widgets.example.com", widget.formatted(name));
            leftOut(namespace, "widgets.example.com", part);
        } else {
            kept(at(namespace, "widgets.example.com"), home -> widget.formatted(name), List.of(), finalized);
            kept(at(namespace, "widgets.example.com"), home -> part, List.of("Widget " + name), finalized);
        }
        String password = owned(
                "{'kind':'Secret','metadata':{'name':'%s-password'},'data':{'p':'eA=='}}".formatted(name),
                "example.com/v1",
                "Widget",
                name);
        kept(at(namespace, "secrets"), home -> password, List.of("Widget " + name), captured -> {});
        String quota = owned(
                "{'kind':'ResourceQuota','metadata':{'name':'%s-quota'},'spec':{'hard':{'pods':'5'}}}".formatted(name),
                "example.com/v1",
                "Widget",
                name);
        if (widgetsExcluded) {
            kept(at(namespace, "resourcequotas"), home -> quota, List.of("Widget " + name), captured -> {});
        } else {
            leftOut(namespace, "resourcequotas", quota);
        }
        String orphan = owned(
                "{'kind':'LimitRange','metadata':{'name':'%s-limits'}}".formatted(name),
                "ghosts.example/v1",
                "Ghost",
                name);
        kept(at(namespace, "limitranges"), home -> orphan, List.of(), captured -> {});
    }

    private void binding(String namespace, String name) {
        List<String> everywhere = new ArrayList<>(namespaces.keySet());
        everywhere.add("elsewhere");
        String account = everywhere.get(random.nextInt(everywhere.size()));
        String user = everywhere.get(random.nextInt(everywhere.size()));
        kept(at(namespace, "rolebindings.rbac.authorization.k8s.io"),
                home ->
                        ("{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'RoleBinding','metadata':{'name':'%1$s'},'roleRef':{'kind':'Role','name':'%1$s'},"
                                        + "'subjects':[{'kind':'ServiceAccount','name':'%1$s','namespace':'%2$s'},{'kind':'User','name':'system:serviceaccount:%3$s:%1$s'},"
                                        + "{'kind':'Group','name':'system:serviceaccounts:%3$s'}]}")
                                .formatted(name, seen(home, account), seen(home, user)),
                List.of(),
                captured -> {});
        kept(at(namespace, "roles.rbac.authorization.k8s.io"),
                home ->
                        "{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'Role','metadata':{'name':'%s'},'rules':[{'resources':['pods'],'verbs':['get']}]}"
                                .formatted(name),
                List.of(),
                captured -> {});
    }

    private String seen(String home, String namespace) {
        return home.equals("source") ? namespace : namespaces.getOrDefault(namespace, namespace);
    }

    private void pod(String namespace, String name) {
        String bare =
                "{'kind':'Pod','metadata':{'name':'%s-bare'},'spec':{'containers':[{'name':'a','image':'%s/a'}]}}";
        if (random.nextBoolean()) {
            ObjectNode ended = captured(namespace, bare.formatted(name, "old.example"));
            ended.putObject("status").put("phase", "Succeeded");
            add(at(namespace, "pods"), ended, null, List.of());
            return;
        }
        kept(at(namespace, "pods"),
                home -> bare.formatted(name, home.equals("source") ? "old.example" : "new.example"),
                List.of(),
                captured -> {
                    ObjectNode spec = captured.withObjectProperty("spec")
                            .put("nodeName", "n")
                            .put("priority", 0);
                    spec.putArray("volumes").addObject().put("name", "kube-api-access-x");
                    ((ObjectNode) spec.at("/containers/0"))
                            .putArray("volumeMounts")
                            .addObject()
                            .put("name", "kube-api-access-x")
                            .put("mountPath", "/var/run/secrets/kubernetes.io/serviceaccount");
                });
    }

    /** What servers and controllers of the source added to an object. */
    private interface UnaryObject {
        void change(ObjectNode captured);
    }

    /** A kind in a namespace of the source. */
    private record Place(String namespace, String resource) {}

    private static Place at(String namespace, String resource) {
        return new Place(namespace, resource);
    }

    private void kept(Place place, UnaryOperator<String> made, List<String> owners, UnaryObject noise) {
        ObjectNode captured = captured(place.namespace(), made.apply("source"));
        noise.change(captured);
        ObjectNode expected = placed(namespaces.get(place.namespace()), made.apply("target"));
        ObjectNode metadata = expected.withObjectProperty("metadata");
        metadata.remove("ownerReferences");
        metadata.withObjectProperty("labels").setAll(json(MARKS));
        add(place, captured, expected, owners);
    }

    private void leftOut(String namespace, String resource, String made) {
        add(at(namespace, resource), captured(namespace, made), null, List.of());
    }

    private void add(Place place, ObjectNode captured, @Nullable ObjectNode expected, List<String> owners) {
        String name = Json.text(captured, "metadata", "name");
        entries.add(new Entry(new ObjectKey(place.resource(), place.namespace(), name), captured, expected, owners));
    }

    private ObjectNode captured(String namespace, String made) {
        ObjectNode object = placed(namespace, made);
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.put("uid", "uid-" + next++)
                .put("resourceVersion", String.valueOf(random.nextInt(1000)))
                .put("creationTimestamp", "2020-01-01T00:00:00Z")
                .put("generation", 2);
        if (random.nextBoolean()) {
            object.putObject("status").put("phase", "Active");
        }
        return object;
    }

    private static ObjectNode placed(String namespace, String made) {
        ObjectNode object = json(made);
        if (!object.has("apiVersion")) {
            object.put("apiVersion", "v1");
        }
        object.withObjectProperty("metadata").put("namespace", namespace);
        return object;
    }

    private static String owned(String made, String apiVersion, String kind, String name) {
        return made.replaceFirst(
                "'metadata':\\{",
                "'metadata':{'ownerReferences':[{'apiVersion':'%s','kind':'%s','name':'%s','uid':'u','controller':true}],"
                        .formatted(apiVersion, kind, name));
    }

    private static ObjectNode json(String text) {
        try {
            return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}

package dev.mtc.engine.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives services their cluster addresses and node ports. */
final class Addresses {

    private static final String PREFIX = "10.96.";
    private static final int FIRST_PORT = 30_000;
    private static final int LAST_PORT = 32_767;

    private final Store store;
    private final String storage;
    private final Set<String> chosen = new HashSet<>();
    private int lastAddress;

    Addresses(Store store, Catalog catalog) {
        this.store = store;
        this.storage = catalog.builtIn("", "services").storage();
    }

    /** Refuses an address outside of the range, as one from another cluster mostly is. */
    void check(ResourceType type, ObjectNode tree) {
        String address = Trees.text(tree, "spec", "clusterIP");
        if (!type.is("", "services") || address.isEmpty() || address.equals("None")) {
            return;
        }
        String wrong =
                "Invalid value: []string{\"" + address + "\"}: failed to allocated ip:" + address + " with error:";
        if (!address.startsWith(PREFIX)) {
            throw ApiError.invalid(
                    type,
                    Trees.name(tree),
                    "spec.clusterIPs",
                    wrong + "provided IP is not in the valid range. The range of valid IPs is " + PREFIX + "0.0/16");
        }
        if (addresses().contains(address)) {
            throw ApiError.invalid(
                    type, Trees.name(tree), "spec.clusterIPs", wrong + "provided IP is already allocated");
        }
    }

    void allocate(ResourceType type, ObjectNode tree) {
        if (!type.is("", "services")) {
            return;
        }
        ObjectNode spec = Trees.in(tree, "spec");
        String kind = Trees.text(spec, "type");
        if (kind.equals("ExternalName")) {
            return;
        }
        if (Trees.text(spec, "clusterIP").isEmpty()) {
            spec.put("clusterIP", freeAddress());
        } else {
            chosen.add(Trees.text(spec, "clusterIP"));
        }
        if (!spec.has("clusterIPs")) {
            spec.putArray("clusterIPs").add(Trees.text(spec, "clusterIP"));
        }
        if (kind.equals("NodePort") || kind.equals("LoadBalancer")) {
            allocatePorts(type, tree, spec);
        }
    }

    /** Keeps the addresses that a service already has. */
    void keep(ResourceType type, ObjectNode before, ObjectNode after) {
        if (!type.is("", "services") || Trees.text(after, "spec", "type").equals("ExternalName")) {
            return;
        }
        String was = Trees.text(before, "spec", "clusterIP");
        ObjectNode spec = Trees.in(after, "spec");
        String now = Trees.text(spec, "clusterIP");
        if (was.isEmpty()) {
            return;
        }
        if (now.isEmpty()) {
            spec.put("clusterIP", was);
            spec.set("clusterIPs", Trees.at(before, "spec", "clusterIPs"));
        } else if (!now.equals(was)) {
            throw ApiError.invalid(
                    type,
                    Trees.name(before),
                    "spec.clusterIPs[0]",
                    "Invalid value: []string{\"" + now + "\"}: may not change once set");
        }
    }

    private void allocatePorts(ResourceType type, ObjectNode tree, ObjectNode spec) {
        Set<Integer> taken = new HashSet<>();
        for (ObjectNode service : store.view(storage, "")) {
            if (!ObjectKey.of(service).equals(ObjectKey.of(tree))) {
                Trees.at(service, "spec", "ports").forEach(port -> taken.add(Trees.number(port, 0, "nodePort")));
            }
        }
        int index = 0;
        for (ObjectNode port : Trees.objects(spec.path("ports"))) {
            int wanted = Trees.number(port, 0, "nodePort");
            if (wanted != 0 && taken.contains(wanted)) {
                throw ApiError.invalid(
                        type,
                        Trees.name(tree),
                        "spec.ports[" + index + "].nodePort",
                        "Invalid value: " + wanted + ": provided port is already allocated");
            }
            int free = wanted;
            for (int candidate = FIRST_PORT; free == 0 && candidate <= LAST_PORT; candidate++) {
                free = taken.contains(candidate) ? 0 : candidate;
            }
            port.put("nodePort", free);
            taken.add(free);
            index++;
        }
    }

    private String freeAddress() {
        String next;
        do {
            lastAddress = lastAddress % 65_000 + 2;
            next = PREFIX + lastAddress / 256 + "." + lastAddress % 256;
        } while (chosen.contains(next));
        return next;
    }

    private List<String> addresses() {
        return store.view(storage, "").stream()
                .map(service -> Trees.text(service, "spec", "clusterIP"))
                .toList();
    }
}

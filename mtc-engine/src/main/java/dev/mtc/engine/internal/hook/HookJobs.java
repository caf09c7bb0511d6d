package dev.mtc.engine.internal.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.run.Labels;
import dev.mtc.engine.internal.run.RunContext;
import java.util.ArrayList;
import java.util.List;

/** The Jobs of a plan's hooks and their ConfigMaps, whichever run of the plan made them. */
public final class HookJobs {

    private HookJobs() {}

    /** Asks for the deletion of all of them; {@return those that are still there} */
    public static List<String> delete(RunContext context) {
        String selector = Labels.COMPONENT + "=" + Labels.HOOK + "," + Labels.PLAN + "=" + context.planUid();
        List<String> there = new ArrayList<>();
        HookSite.all(context.plan())
                .map(site -> new HookSite(site.side(), site.namespace(), HookSite.DEFAULT_ACCOUNT))
                .distinct()
                .forEach(site -> {
                    ApiServer server = context.server(site.side());
                    for (String collection : List.of(site.jobs(), site.configMaps())) {
                        for (ObjectNode object : server.list(collection, selector)) {
                            String name = object.path("metadata").path("name").asText();
                            if (!object.path("metadata").has("deletionTimestamp")) {
                                server.deleteLast(collection + "/" + name);
                            }
                            there.add(object.path("kind").asText("Job") + " " + site.namespace() + "/" + name
                                    + " on the " + site.side().word());
                        }
                    }
                });
        return there;
    }
}

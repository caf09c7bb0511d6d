package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ClusterAccessException;
import dev.mtc.api.NamespaceMapping;
import dev.mtc.api.Plan;
import dev.mtc.api.Problem;
import dev.mtc.engine.internal.cluster.ApiServer;
import dev.mtc.engine.internal.cluster.Discovery;
import dev.mtc.engine.internal.cluster.Pages;
import dev.mtc.engine.internal.cluster.ResourceType;
import dev.mtc.engine.internal.cluster.Tasks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * Reads the objects of a plan's namespaces from the source into an archive. Kinds are listed in parallel and written in the order
 * in which they are applied; no more than a few pages are held at a time.
 */
public final class Capture {

    private static final int LISTS_AHEAD = 8;

    private final ApiServer source;
    private final Discovery served;
    private final Discovery targetServes;
    private final Plan plan;
    private final Executor executor;
    private final LongAdder found = new LongAdder();

    private Capture(ApiServer source, Discovery served, Discovery targetServes, Plan plan, Executor executor) {
        this.source = source;
        this.served = served;
        this.targetServes = targetServes;
        this.plan = plan;
        this.executor = executor;
    }

    /**
     * {@return a capture; nothing is sent yet}
     *
     * @param source the source cluster
     * @param served what it serves
     * @param targetServes what the target serves
     * @param plan namespaces, label selector, included and excluded kinds
     * @param executor on which lists are fetched ahead
     */
    public static Capture of(ApiServer source, Discovery served, Discovery targetServes, Plan plan, Executor executor) {
        return new Capture(source, served, targetServes, plan, executor);
    }

    /**
     * Reads everything. Blocks.
     *
     * @param archive gets the objects; not finished
     * @param progress told the number of objects so far, after every page
     * @throws ClusterAccessException if the source cannot be read
     */
    public CaptureReport into(ArchiveWriter archive, LongConsumer progress) {
        Tally tally = new Tally();
        Iterator<Listing> lists = listings().iterator();
        ArrayDeque<FutureTask<Listing>> ahead = new ArrayDeque<>();
        while (lists.hasNext() || !ahead.isEmpty()) {
            while (lists.hasNext() && ahead.size() < LISTS_AHEAD) {
                Listing next = lists.next();
                FutureTask<Listing> fetch = new FutureTask<>(next::fetchFirst, next);
                ahead.add(fetch);
                executor.execute(fetch);
            }
            write(Tasks.await(ahead.remove()), archive, tally, progress);
        }
        served.unavailable()
                .forEach(path -> tally.problems.add(
                        unavailable("source", path, "objects of its kinds are not migrated", "or exclude the kinds")));
        targetServes
                .unavailable()
                .forEach(path -> tally.problems.add(
                        unavailable("target", path, "its kinds count as not served there", "and run again")));
        tellOfExclusions(tally);
        return tally.report();
    }

    /** {@return how many objects were found so far, also those that are not written yet} */
    public long found() {
        return found.sum();
    }

    private void tellOfExclusions(Tally tally) {
        Selection selection = Selection.of(plan);
        for (ResourceType kind : selection.leftOut(served)) {
            for (NamespaceMapping mapping : plan.namespaces()) {
                int count = count(kind, mapping.source());
                if (count > 0) {
                    tally.leftOut.add(new CaptureReport.LeftOut(mapping.source(), kind.resource(), count));
                }
            }
        }
        selection
                .inVain(served)
                .forEach(name -> tally.problems.add(Problem.warning(
                        "includedResources[" + name + "]",
                        "ResourceNeverTaken",
                        "objects of this kind are never migrated, so including it brings nothing",
                        "leave it out of the included kinds, and make what is needed again on the target")));
    }

    /** What may not be read is the permissions' to say; nothing of it would be migrated anyway. */
    private int count(ResourceType kind, String namespace) {
        Pages pages = Pages.of(source, kind, namespace, plan.labelSelector().orElse(""));
        int count = 0;
        try {
            while (pages.hasNext()) {
                count += pages.next().size();
            }
        } catch (ClusterAccessException e) {
            if (e.status() != 403 && e.status() != 404 && e.status() != 405) {
                throw e;
            }
        }
        return count;
    }

    /** In the order in which they are applied, so that one pass over the archive is enough. */
    private List<Listing> listings() {
        List<ResourceType> kinds = new ArrayList<>(Selection.of(plan).kinds(served));
        kinds.add(served.versions("namespaces").get(0));
        kinds.sort(Comparator.comparingInt((ResourceType kind) -> ApplyOrder.wave(kind.resource()))
                .thenComparing(ResourceType::resource));
        List<String> namespaces = plan.namespaces().stream()
                .map(NamespaceMapping::source)
                .sorted()
                .distinct()
                .toList();
        return kinds.stream()
                .flatMap(kind -> namespaces.stream()
                        .map(namespace -> new Listing(Conversion.readAs(kind, served, targetServes), namespace)))
                .toList();
    }

    private void write(Listing listing, ArchiveWriter archive, Tally tally, LongConsumer progress) {
        boolean inPages = listing.hasMore();
        if (inPages) {
            archive.beginSection();
        }
        write(listing, listing.first, archive, tally);
        while (listing.hasMore()) {
            List<ObjectNode> page = listing.nextPage();
            if (listing.isBegunAgain()) {
                archive.takeBackSection();
                tally.add(listing.type, -listing.count);
                found.add(-listing.count);
                listing.count = 0;
            }
            write(listing, page, archive, tally);
            progress.accept(tally.objects);
        }
        progress.accept(tally.objects);
        tally.problems.addAll(listing.problems);
        boolean targetLacks =
                Conversion.versionFor(listing.type, plan, targetServes).isEmpty();
        if (targetLacks && listing.count > 0) {
            tally.unserved.add(new CaptureReport.Unserved(
                    listing.namespace, listing.type.apiVersion(), listing.type.kind(), listing.count));
        }
    }

    private static void write(Listing listing, List<ObjectNode> page, ArchiveWriter archive, Tally tally) {
        for (ObjectNode object : page) {
            if (object.get("metadata") instanceof ObjectNode metadata) {
                metadata.remove("managedFields");
            }
            archive.add(listing.key(object), object);
        }
        tally.add(listing.type, page.size());
        listing.count += page.size();
    }

    private static Problem unavailable(String side, String path, String consequence, String otherwise) {
        return Problem.warning(
                side + " API " + path,
                "ApiGroupUnavailable",
                "its server does not answer, so " + consequence,
                "repair the APIService on the " + side + " " + otherwise);
    }

    /** The objects of one kind in one namespace. */
    private final class Listing {

        private final ResourceType type;
        private final String namespace;
        private final Pages pages;
        private final List<Problem> problems = new ArrayList<>();
        private List<ObjectNode> first = List.of();
        private boolean readable = true;
        private int count;

        Listing(ResourceType type, String namespace) {
            this.type = type;
            this.namespace = namespace;
            this.pages = Pages.of(source, type, namespace, plan.labelSelector().orElse(""))
                    .ahead(executor)
                    .whole();
        }

        void fetchFirst() {
            if (type.namespaced()) {
                first = nextPage();
            } else {
                first = List.of(source.get(type.path("", namespace)));
                found.increment();
            }
        }

        boolean hasMore() {
            return type.namespaced() && readable && pages.hasNext();
        }

        boolean isBegunAgain() {
            return pages.isBegunAgain();
        }

        List<ObjectNode> nextPage() {
            try {
                List<ObjectNode> page = pages.next();
                found.add(page.size());
                return page;
            } catch (ClusterAccessException e) {
                readable = false;
                problems.add(unreadable(e));
                return List.of();
            }
        }

        private Problem unreadable(ClusterAccessException e) {
            String path = "source " + type.resource() + " in " + namespace;
            return switch (e.status()) {
                case 403 ->
                    Problem.error(
                            path,
                            "ResourceNotReadable",
                            String.valueOf(e.getMessage()),
                            "let the account list " + type.resource() + " in " + namespace + " or exclude the kind");
                case 404, 405 ->
                    Problem.warning(
                            path,
                            "ResourceNotListable",
                            "the source offers the kind but answers " + e.status()
                                    + " when its objects are listed, so none is migrated from there on",
                            "run again if its definition was removed just now, or exclude the kind");
                default -> throw e;
            };
        }

        ObjectKey key(ObjectNode object) {
            return new ObjectKey(
                    type.resource(),
                    type.namespaced() ? namespace : "",
                    object.path("metadata").path("name").asText());
        }
    }

    /** What was counted so far. */
    private static final class Tally {

        private final Map<String, Integer> counts = new TreeMap<>();
        private final List<CaptureReport.Unserved> unserved = new ArrayList<>();
        private final List<CaptureReport.LeftOut> leftOut = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private long objects;

        void add(ResourceType type, int more) {
            if (more != 0) {
                counts.merge(type.resource(), more, Integer::sum);
            }
            objects += more;
        }

        CaptureReport report() {
            return new CaptureReport(counts, unserved, leftOut, problems);
        }
    }
}

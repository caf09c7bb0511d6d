package dev.mtc.transfer.internal.registry;

import dev.mtc.api.Problem;
import dev.mtc.api.RepositoryFindings;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.transfer.internal.objectstore.StoredContent;
import dev.mtc.transfer.internal.registry.IndexFile.Entry;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads all blobs of a repository and compares them with their digests, then follows the images of all plans to what they are
 * made of. Used once.
 */
final class LayoutCheck {

    private static final int NAMED = 3;

    private final ObjectStore store;
    private final LayoutSurvey survey;
    private final Set<Digest> damaged = new HashSet<>();
    private final Map<Digest, Set<String>> users = new HashMap<>();
    private final Map<Digest, Set<String>> missing = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private long objects;
    private long bytes;

    private LayoutCheck(ObjectStore store) {
        this.store = store;
        this.survey = LayoutSurvey.of(store);
    }

    static RepositoryFindings of(ObjectStore store) {
        LayoutCheck check = new LayoutCheck(store);
        check.survey.blobs().forEach(check::read);
        check.survey.indexKeys().forEach(check::follow);
        check.report();
        return new RepositoryFindings(check.objects, check.bytes, check.problems);
    }

    private void read(Digest digest, ObjectStat blob) {
        MessageDigest hash = digest.newHash();
        OptionalLong length = StoredContent.hash(store, blob.key(), hash);
        if (length.isPresent()) {
            objects++;
            bytes += length.getAsLong();
            if (!digest.matches(hash)) {
                damaged.add(digest);
            }
        }
    }

    private void follow(String indexKey) {
        String plan = LayoutKeys.plan(indexKey);
        try {
            for (Entry image : survey.index(indexKey).entries()) {
                follow(image, image.name() + " of plan " + plan);
            }
            objects++;
        } catch (IOException e) {
            problems.add(Problem.error(
                    indexKey,
                    "DamagedContent",
                    "it cannot be read, so the images of plan " + plan + " are not known: " + e.getMessage(),
                    "delete it and run a migration of the plan, which brings them anew"));
        }
    }

    private void follow(Entry image, String user) {
        Set<Digest> seen = new HashSet<>();
        Deque<Descriptor> left = new ArrayDeque<>();
        left.add(image.descriptor());
        while (!left.isEmpty()) {
            Descriptor next = left.pop();
            if (next.isForeign() || !seen.add(next.digest())) {
                continue;
            }
            users.computeIfAbsent(next.digest(), digest -> new TreeSet<>()).add(user);
            if (!isThere(next.digest())) {
                missing.computeIfAbsent(next.digest(), digest -> new TreeSet<>())
                        .add(user);
            } else if (!damaged.contains(next.digest())) {
                left.addAll(survey.parts(next));
            }
        }
    }

    /** What a migration has written since the blobs were listed is there, too. */
    private boolean isThere(Digest digest) {
        return survey.blobs().containsKey(digest)
                || store.stat(LayoutKeys.blob(digest)).isPresent();
    }

    private void report() {
        damaged.forEach(digest -> problems.add(damaged(digest)));
        missing.forEach((digest, images) -> problems.add(Problem.error(
                LayoutKeys.blob(digest),
                "MissingContent",
                "it is not there, and " + named(images) + " needs it",
                "run a migration of the plan, which brings it anew")));
    }

    private Problem damaged(Digest digest) {
        Set<String> images = users.getOrDefault(digest, Set.of());
        String key = LayoutKeys.blob(digest);
        return images.isEmpty()
                ? Problem.warning(
                        key,
                        "DamagedContent",
                        "its content has another digest; no plan needs it",
                        "delete it, or leave it to the garbage collection")
                : Problem.error(
                        key,
                        "DamagedContent",
                        "its content has another digest, and " + named(images) + " needs it",
                        "delete it and run a migration of the plan, which brings it anew");
    }

    private static String named(Set<String> images) {
        String names = images.stream().limit(NAMED).collect(Collectors.joining(", image ", "image ", ""));
        return names + (images.size() > NAMED ? " and " + (images.size() - NAMED) + " more" : "");
    }
}

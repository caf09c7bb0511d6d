package dev.mtc.transfer.internal.registry;

import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.transfer.internal.registry.IndexFile.Entry;
import dev.mtc.transfer.internal.registry.IndexFile.Use;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A plan's images in a repository, as one run sees and changes them. Only one run of a plan is at work. Thread-safe. */
final class LayoutIndex {

    private static final int LARGEST = 64 * 1024 * 1024;
    private static final byte[] MARKER = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

    private final String plan;
    private final Use use;
    private IndexFile known = IndexFile.EMPTY;
    private String etag = "";

    LayoutIndex(String plan, Use use) {
        this.plan = plan;
        this.use = use;
    }

    String plan() {
        return plan;
    }

    /** {@return what a name stands for, which is noted as used by this run} */
    synchronized Optional<Entry> find(String name, LayoutStore store) throws IOException {
        Optional<Entry> found = current(store).find(name);
        if (found.isPresent() && !found.get().use().run().equals(use.run())) {
            Entry entry = found.get();
            put(new Entry(name, entry.mediaType(), entry.digest(), entry.sizeBytes(), use), store);
        }
        return found;
    }

    /** {@return all names} */
    synchronized List<String> names(LayoutStore store) throws IOException {
        return current(store).entries().stream().map(Entry::name).toList();
    }

    /** Makes a name stand for a manifest. */
    synchronized void put(String name, Manifest manifest, LayoutStore store) throws IOException {
        put(new Entry(name, manifest.mediaType(), manifest.digest(), manifest.bytes().length, use), store);
    }

    private void put(Entry entry, LayoutStore store) throws IOException {
        IndexFile changed = current(store).with(entry);
        if (etag.isEmpty()) {
            store.put(LayoutKeys.marker(plan), Content.of(MARKER));
        }
        etag = store.put(LayoutKeys.index(plan), Content.of(changed.bytes())).etag();
        known = changed;
    }

    private IndexFile current(LayoutStore store) throws IOException {
        String key = LayoutKeys.index(plan);
        Optional<ObjectStat> stat = store.stat(key);
        String now = stat.map(ObjectStat::etag).orElse("");
        if (now.isEmpty()) {
            known = IndexFile.EMPTY;
        } else if (!now.equals(etag)) {
            known = read(key, store);
        }
        etag = now;
        return known;
    }

    private static IndexFile read(String key, LayoutStore store) throws IOException {
        try {
            return IndexFile.read(store.read(key, LARGEST));
        } catch (RegistryException | StoppedException e) {
            throw e;
        } catch (IOException e) {
            throw store.damaged(key, String.valueOf(e.getMessage())).causedBy(e);
        }
    }
}

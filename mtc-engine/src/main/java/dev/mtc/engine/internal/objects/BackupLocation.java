package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.Backup;
import dev.mtc.api.Remedy;
import dev.mtc.api.StorageAccessException;
import dev.mtc.api.spi.Content;
import dev.mtc.api.spi.ObjectStat;
import dev.mtc.api.spi.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Archives in a repository with the files that Velero keeps beside them, {@code backups/<name>/<name>.tar.gz} and so on, in Velero's
 * published layout. Thread-safe if the store is.
 */
public final class BackupLocation {

    static final String ROOT = "backups/";
    static final String DESCRIPTION = "/velero-backup.json";
    static final String REPORT = "-mtc-report.json.gz";
    static final String ARCHIVE = ".tar.gz";

    private static final byte[] NONE = "[]".getBytes(StandardCharsets.UTF_8);

    private final ObjectStore store;

    private BackupLocation(ObjectStore store) {
        this.store = store;
    }

    /** {@return the backups in a repository} */
    public static BackupLocation in(ObjectStore store) {
        return new BackupLocation(store);
    }

    /** Puts an archive there with what describes it; the description comes last, as Velero takes what has one for complete. */
    public void put(Archive archive, BackupDescription description) {
        String name = description.name();
        ResourceList resources = ResourceList.of(archive);
        store.put(key(name, ARCHIVE), Content.of(archive.file()));
        store.put(key(name, "-resource-list.json.gz"), Content.of(zipped(Json.write(resources.json()))));
        for (String empty : List.of("podvolumebackups", "volumesnapshots", "itemoperations")) {
            store.put(key(name, "-" + empty + ".json.gz"), Content.of(zipped(NONE)));
        }
        store.put(key(name, "-logs.gz"), Content.of(zipped(new byte[0])));
        store.put(key(name, "-results.gz"), Content.of(zipped(Json.write(BackupDescription.results()))));
        byte[] json = Json.write(description.json(resources.size(), archive.sha256()));
        store.put(ROOT + name + DESCRIPTION, Content.of(json));
    }

    /** {@return what is there, the newest first} */
    public List<Backup> list() {
        return names().stream()
                .map(name -> backup(name, description(name)))
                .sorted(Comparator.comparing(Backup::started).reversed().thenComparing(Backup::name))
                .toList();
    }

    private static Backup backup(String name, JsonNode description) {
        String started = Json.text(description, "status", "startTimestamp");
        List<String> namespaces = Json.at(description, "spec", "includedNamespaces")
                .valueStream()
                .map(JsonNode::asText)
                .filter(namespace -> !namespace.equals("*"))
                .toList();
        long objects =
                Json.at(description, "status", "progress", "itemsBackedUp").asLong(-1);
        return new Backup(name, started.isEmpty() ? Instant.EPOCH : Instant.parse(started), namespaces, objects);
    }

    /**
     * {@return what an archive from there has of some namespaces and beside all of them, after it was checked}
     *
     * @param name the backup's name
     * @param namespaces of the source
     * @param file where to keep the archive meanwhile
     * @throws StorageAccessException if it is not there, damaged, or has nothing of these namespaces
     */
    public Archive fetch(String name, Collection<String> namespaces, Path file) {
        if (store.stat(ROOT + name + DESCRIPTION).isEmpty()) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Backup " + name + " is not in " + store.description() + "; it has " + names(),
                    null);
        }
        Archive archive = fetch(name, file);
        Set<String> has = archive.namespaces();
        if (Collections.disjoint(has, namespaces)) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Backup " + name + " in " + store.description() + " has no objects of " + namespaces + ", only of "
                            + has + "; let the plan name some of these",
                    null);
        }
        return archive.within(namespaces);
    }

    /**
     * {@return an archive fetched from there, ours or one that Velero wrote, after it was checked}
     *
     * @param name the backup's name
     * @param file where to keep the archive meanwhile
     * @throws StorageAccessException if it is damaged
     */
    public Archive fetch(String name, Path file) {
        Archive.copy(store, key(name, ARCHIVE), file);
        String expected = checksum(name);
        if (!expected.isEmpty() && !expected.equals(Archive.hash(file))) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Backup " + name + " in " + store.description()
                            + " is not what was written, its SHA-256 is another; capture the objects again",
                    null);
        }
        return Archive.open(file);
    }

    /**
     * Puts there what a capture found, for {@link #captured}; before its archive, which makes the backup complete.
     *
     * @param name the backup's name
     */
    public void note(String name, CaptureReport report) {
        store.put(key(name, REPORT), Content.of(zipped(Json.write(Json.of(report)))));
    }

    /**
     * A capture as it was kept.
     *
     * @param archive its objects
     * @param report what it found
     */
    public record Captured(Archive archive, CaptureReport report) {}

    /**
     * {@return a capture of ours after it was checked, empty if it is not there or not complete}
     *
     * @param name the backup's name
     * @param file where to keep the archive meanwhile
     * @throws StorageAccessException if it is damaged
     */
    public Optional<Captured> captured(String name, Path file) {
        boolean complete = store.stat(ROOT + name + DESCRIPTION).isPresent()
                && store.stat(key(name, REPORT)).isPresent();
        return complete ? Optional.of(new Captured(fetch(name, file), report(name))) : Optional.empty();
    }

    private CaptureReport report(String name) {
        try (InputStream content = new GZIPInputStream(store.open(key(name, REPORT), 0))) {
            return Json.value(Json.read(content.readAllBytes()), CaptureReport.class);
        } catch (IOException e) {
            throw new StorageAccessException(
                    Remedy.FIX_INPUT,
                    "Tried to read " + key(name, REPORT) + " in " + store.description() + ", but " + e.getMessage()
                            + "; capture the objects again",
                    e);
        }
    }

    /**
     * Deletes a plan's oldest backups.
     *
     * @param planUid the plan's uid; backups of others stay
     * @param keep how many of its newest stay, at least one
     * @param using the backup that stays in any case
     */
    public void keepLast(String planUid, int keep, String using) {
        record Found(String name, String started) {}
        List<Found> newestFirst = names().stream()
                .map(name -> Map.entry(name, description(name)))
                .filter(found -> Json.text(found.getValue(), "metadata", "labels", Marks.PLAN)
                        .equals(planUid))
                .map(found -> new Found(found.getKey(), Json.text(found.getValue(), "status", "startTimestamp")))
                .sorted(Comparator.comparing(Found::started).reversed())
                .toList();
        newestFirst.stream()
                .skip(Math.max(1, keep))
                .map(Found::name)
                .filter(name -> !name.equals(using))
                .forEach(this::delete);
    }

    /** {@return the names of the backups that are complete} */
    private Set<String> names() {
        try (Stream<ObjectStat> all = store.list(ROOT)) {
            return all.map(ObjectStat::key)
                    .filter(key -> key.endsWith(DESCRIPTION))
                    .map(key -> key.substring(ROOT.length(), key.length() - DESCRIPTION.length()))
                    .filter(name -> !name.contains("/"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The description goes first, so that nobody takes the rest for a backup. */
    void delete(String name) {
        store.delete(ROOT + name + DESCRIPTION);
        List<String> rest;
        try (Stream<ObjectStat> all = store.list(ROOT + name + "/")) {
            rest = all.map(ObjectStat::key).toList();
        }
        rest.forEach(store::delete);
    }

    private String checksum(String name) {
        return store.stat(ROOT + name + DESCRIPTION).isEmpty()
                ? ""
                : Json.text(description(name), "metadata", "annotations", BackupDescription.CHECKSUM);
    }

    private JsonNode description(String name) {
        try (InputStream content = store.open(ROOT + name + DESCRIPTION, 0)) {
            return Json.read(content.readAllBytes());
        } catch (IOException e) {
            throw new StorageAccessException(
                    Remedy.RETRY,
                    "Tried to read " + ROOT + name + DESCRIPTION + " in " + store.description() + ", but "
                            + e.getMessage() + "; delete the backup if it stays unreadable",
                    e);
        }
    }

    static String key(String name, String file) {
        return ROOT + name + "/" + name + file;
    }

    private static byte[] zipped(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /** The names of an archive's objects by version and kind, which Velero shows to those who ask what a backup holds. */
    private record ResourceList(ObjectNode json, int size) {

        static ResourceList of(Archive archive) {
            ObjectNode list = Json.newObject();
            int[] count = {0};
            archive.forEach(key -> true, (key, object) -> {
                count[0]++;
                String kind = Json.text(object, "apiVersion") + "/" + Json.text(object, "kind");
                list.withArrayProperty(kind)
                        .add(key.namespace().isEmpty() ? key.name() : key.namespace() + "/" + key.name());
            });
            return new ResourceList(list, count[0]);
        }
    }
}

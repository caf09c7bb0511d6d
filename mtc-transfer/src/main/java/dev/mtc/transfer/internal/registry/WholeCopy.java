package dev.mtc.transfer.internal.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.api.ImageCheck;
import dev.mtc.api.ImageCheck.Attachment;
import dev.mtc.api.spi.TransferStatus;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Copies an image, then what is attached to it and to that in turn: signatures, attestations, bills of materials. They are
 * looked for even if the image itself is there already, as images are often signed after they were pushed, unless the plan does
 * without them.
 */
final class WholeCopy {

    private final ImageReference from;
    private final ImageReference to;
    private final RunWork run;
    private final Halt halt;
    private final Tally tally;
    private final Set<Digest> seen = new HashSet<>();
    private final Deque<Digest> subjects = new ArrayDeque<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private int attached;

    WholeCopy(ImageReference from, ImageReference to, RunWork run, Halt halt, Tally tally) {
        this.from = from;
        this.to = to;
        this.run = run;
        this.halt = halt;
        this.tally = tally;
    }

    /** {@return the good end} */
    TransferStatus.Succeeded copy() throws IOException {
        ImageCopy root = new ImageCopy(from, to, run, halt, tally);
        admit(root);
        ImageCopy.Arrived arrived = copy(root);
        if (run.images().bringsAttachments()) {
            copyAllAttachments(arrived, root);
        }
        warnings.addAll(tally.warnings());
        String proof = arrived.digest()
                + (arrived.isWhole() ? " on both sides" : " on the target, of the platforms of " + arrived.original())
                + (attached == 0 ? "" : ", with " + attached + " attached manifest" + (attached == 1 ? "" : "s"));
        return new TransferStatus.Succeeded(
                tally.movedBytes(),
                tally.totalBytes().orElse(0),
                proof,
                List.copyOf(warnings),
                arrived.digest().toString());
    }

    /** Asks the plan's checks, which need to know what is attached to the image. */
    private void admit(ImageCopy root) throws IOException {
        List<ImageCheck> checks = run.images().checks();
        // What is in the plan's repository was asked about on its way there.
        if (checks.isEmpty() || from.stored().isPresent()) {
            return;
        }
        Digest digest = root.digest();
        List<Attachment> attachments = attachments(digest, root.source());
        Admission.ask(
                checks,
                new ImageCheck.Candidate(from.toString(), digest.toString(), attachments),
                new Tried("copy " + from, root.source().place()));
    }

    private List<Attachment> attachments(Digest digest, ImageRepository source) throws IOException {
        AttachmentIndex known = run.attachments(from.host(), from.repository());
        List<Attachment> attachments = new ArrayList<>();
        for (ObjectNode descriptor : known.referrers(digest, source).orElse(List.of())) {
            String type = descriptor.path("artifactType").asText();
            attachments.add(
                    new Attachment(type, from.at(digest(descriptor, source)).toString()));
        }
        for (String tag : tags(known, digest, source)) {
            attachments.add(new Attachment(
                    tag.replaceFirst("^[^.]*[.]?", ""), from.tagged(tag).toString()));
        }
        return attachments;
    }

    private void warnOfLeftAttachments(Digest original, ImageRepository source) throws IOException {
        int left = attachments(original, source).size();
        if (left > 0) {
            warnings.add("Not copied with some platforms of " + from + ": " + left
                    + " attached to the index of all of them, " + original
                    + ", such as signatures, which cannot be true of another index");
        }
    }

    private ImageCopy.Arrived copy(ImageCopy copy) throws IOException {
        ImageCopy.Arrived arrived = copy.copy();
        for (Digest manifest : arrived.manifests()) {
            if (seen.add(manifest)) {
                subjects.push(manifest);
            }
        }
        warnings.addAll(arrived.warnings());
        return arrived;
    }

    private void copyAllAttachments(ImageCopy.Arrived arrived, ImageCopy root) throws IOException {
        if (!arrived.isWhole()) {
            warnOfLeftAttachments(arrived.original(), root.source());
        }
        while (!subjects.isEmpty()) {
            copyAttachments(subjects.pop(), root.source(), root.target());
        }
    }

    private void copyAttachments(Digest subject, ImageRepository source, ImageRepository target) throws IOException {
        AttachmentIndex known = run.attachments(from.host(), from.repository());
        Optional<List<ObjectNode>> referrers = known.referrers(subject, source);
        for (ObjectNode descriptor : referrers.orElse(List.of())) {
            Digest digest = digest(descriptor, source);
            if (!seen.contains(digest)) {
                copy(new ImageCopy(from.at(digest), to.at(digest), run, halt, tally));
                run.attachments(to.host(), to.repository()).attach(subject, descriptor, target);
                attached++;
            }
        }
        for (String tag : tags(known, subject, source)) {
            // Where subjects are known, their list at this tag may be older than what the registry answers.
            boolean answered = referrers.isPresent() && tag.equals(AttachmentIndex.tag(subject));
            if (!answered) {
                copy(new ImageCopy(from.tagged(tag), to.tagged(tag), run, halt, tally));
                attached++;
            }
        }
    }

    /** An account may read images and yet not list tags. */
    private List<String> tags(AttachmentIndex known, Digest subject, ImageRepository source) throws IOException {
        try {
            return known.tags(subject, source);
        } catch (RegistryException e) {
            if (e.isTransient()) {
                throw e;
            }
            warnings.add("Signatures and other attachments that are found by tags alone were not looked for: "
                    + e.getMessage());
            return List.of();
        }
    }

    private static Digest digest(ObjectNode descriptor, ImageRepository source) throws RegistryException {
        try {
            return Digest.parse(descriptor.path("digest").asText());
        } catch (IllegalArgumentException e) {
            throw RemoteRepository.damaged(
                            new Tried("list what refers to an image", source.place()), String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }
}

package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells contents of objects apart, so that a run says where it applied something else than was previewed. What every run names itself by
 * is left out, and what changes while nobody changes the object. Thread-safe.
 */
final class ContentDigests {

    private static final Set<String> OF_THE_RUN = Set.of(Marks.PLAN, Marks.MIGRATION);
    private static final String FOR_SECRETS = "HmacSHA256";

    private final RestoreSettings settings;
    private final Predicate<Prepared.Applicable> autoscaled;

    /**
     * Digests of one restore.
     *
     * @param settings say whether they are wanted
     * @param autoscaled whether an autoscaler sets an object's replicas
     */
    ContentDigests(RestoreSettings settings, Predicate<Prepared.Applicable> autoscaled) {
        this.settings = settings;
        this.autoscaled = autoscaled;
    }

    /** {@return the digest of what is applied, empty if it is not wanted or not known} */
    String wanted(Prepared.Applicable prepared) {
        return settings.isDigesting() ? of(prepared) : "";
    }

    /**
     * {@return the digest of what is applied, empty if it is not known} Values of Secrets can be short, so theirs is made with the
     * uid as key, which nobody can guess and only those see who may read the Secret.
     */
    String of(Prepared.Applicable prepared) {
        ObjectNode content = content(prepared.object());
        boolean isScaled = content.get("spec") instanceof ObjectNode && autoscaled.test(prepared);
        if (isScaled) {
            content.set("spec", shallow(content, "spec").without("replicas"));
        }
        if (!prepared.key().resource().equals("secrets")) {
            return digest(content);
        }
        return prepared.sourceUid().isEmpty() ? "" : digest(content, prepared.sourceUid());
    }

    /** {@return the digest of a namespace that is made} */
    static String of(ObjectNode namespace) {
        return digest(content(namespace));
    }

    private static ObjectNode content(ObjectNode object) {
        ObjectNode content = Json.newObject();
        content.setAll(object);
        content.remove("status");
        ObjectNode metadata = shallow(content, "metadata");
        content.set("metadata", metadata);
        metadata.set("labels", shallow(metadata, "labels").without(OF_THE_RUN));
        metadata.set("annotations", shallow(metadata, "annotations").without(Marks.CREATED_BY_PLAN));
        return content;
    }

    private static ObjectNode shallow(ObjectNode parent, String field) {
        ObjectNode copy = Json.newObject();
        Json.object(parent, field).ifPresent(copy::setAll);
        return copy;
    }

    private static String digest(ObjectNode content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Json.write(content)));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static String digest(ObjectNode content, String key) {
        try {
            Mac mac = Mac.getInstance(FOR_SECRETS);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), FOR_SECRETS));
            return HexFormat.of().formatHex(mac.doFinal(Json.write(content)));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException cause) {
        return new IllegalStateException("This JVM has no SHA-256", cause);
    }
}

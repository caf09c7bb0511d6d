package dev.mtc.transfer.internal.registry;

import dev.mtc.api.spi.RepositoryImage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A full image reference, {@code host/repository[:tag][@digest]}.
 *
 * @param host host name with an optional port
 * @param repository repository on that host
 * @param tag the tag, if one is given
 * @param digest the digest, if one is given; it then decides which image is meant
 */
record ImageReference(String host, String repository, @Nullable String tag, @Nullable Digest digest) {

    private static final String HOST =
            "localhost|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+]):[0-9]{1,5}";
    private static final String PART = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
    private static final Pattern FORM = Pattern.compile("(?<host>" + HOST + ")/(?<repository>" + PART + "(?:/" + PART
            + ")*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[^@]+))?");

    /**
     * {@return the reference that a text is}
     *
     * @throws IllegalArgumentException if it is none
     */
    static ImageReference parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a full image reference; write host/repository:tag or host/repository@sha256:…,"
                    + " the host with a dot or a port");
        }
        String digest = matcher.group("digest");
        return new ImageReference(
                matcher.group("host"),
                matcher.group("repository"),
                matcher.group("tag"),
                digest == null ? null : Digest.parse(digest));
    }

    /**
     * {@return the reference of an image in a repository} Its host is the plan's part of it, its repository host and
     * repository of the source.
     *
     * @throws IllegalArgumentException if it is not that of a full reference
     */
    static ImageReference of(RepositoryImage image) {
        ImageReference source = parse(image.reference());
        String host = new RepositoryImage(image.plan(), "").toString();
        return new ImageReference(host.substring(0, host.length() - 1), source.place(), source.tag(), source.digest());
    }

    /** {@return the image in a repository that this is, empty if it is in a registry} */
    Optional<RepositoryImage> stored() {
        return RepositoryImage.parse(toString());
    }

    /** {@return whether a text is a reference} */
    static boolean isReference(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** {@return another tag of the same repository} */
    ImageReference tagged(String other) {
        return new ImageReference(host, repository, other, null);
    }

    /** {@return a manifest of the same repository} */
    ImageReference at(Digest other) {
        return new ImageReference(host, repository, null, other);
    }

    /** {@return host and repository, for messages} */
    String place() {
        return host + "/" + repository;
    }

    @Override
    public String toString() {
        return place() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}

package dev.mtc.api.spi;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image in the plan's repository, as the source or target of an {@link ImageMove}. Images that go through the repository
 * are moved there first and from there afterwards.
 *
 * @param plan what the plan is called in the repository
 * @param reference the full reference of the image on the source
 * @since 0.1
 */
public record RepositoryImage(String plan, String reference) {

    private static final String SCHEME = "repository://";
    private static final Pattern PLAN = Pattern.compile("[a-z0-9]+(?:[.-]+[a-z0-9]+)*");
    private static final Pattern FORM = Pattern.compile(SCHEME + "(?<plan>[^/]+)/(?<reference>.+)");

    public RepositoryImage {
        Objects.requireNonNull(reference, "reference");
        if (!PLAN.matcher(plan).matches()) {
            throw new IllegalArgumentException(
                    "'" + plan + "' is not a plan's name in a repository; use lower-case letters, digits, '.' and '-'");
        }
    }

    /**
     * {@return the image that a text names, empty if it names one that is not in a repository}
     *
     * @param text source or target of an {@link ImageMove}
     * @throws IllegalArgumentException if the plan's name in it is malformed
     */
    public static Optional<RepositoryImage> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new RepositoryImage(matcher.group("plan"), matcher.group("reference")))
                : Optional.empty();
    }

    /** {@return {@code repository://plan/reference}} */
    @Override
    public String toString() {
        return SCHEME + plan + "/" + reference;
    }
}

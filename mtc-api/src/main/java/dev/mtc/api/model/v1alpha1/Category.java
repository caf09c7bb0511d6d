package dev.mtc.api.model.v1alpha1;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much a condition weighs. MTC's conditions reference, Mechanics.
 *
 * @since 0.1
 */
public enum Category {
    /** Stops all work on the resource, and keeps it from being Ready. */
    CRITICAL("Critical"),
    /** Keeps the resource from being Ready. */
    ERROR("Error"),
    /** Stops nothing; on a migration, success becomes success with warnings. */
    WARN("Warn"),
    /** Must be there for something else, as Ready must. */
    REQUIRED("Required"),
    /** Tells how things are. */
    ADVISORY("Advisory");

    private final String wireName;

    Category(String wireName) {
        this.wireName = wireName;
    }

    /** {@return the category as it stands in a condition} */
    public String wireName() {
        return wireName;
    }

    /** {@return the category of that wire name, if there is one} */
    public static Optional<Category> of(@Nullable String wireName) {
        return Arrays.stream(values())
                .filter(category -> category.wireName.equals(wireName))
                .findFirst();
    }
}

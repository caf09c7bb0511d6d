package dev.mtc.api;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is in a repository for plans to use.
 *
 * @param holdings by plan
 * @param totalBytes all of it, what plans share counted once
 * @param unneededBytes what no plan needs, recently written or not
 * @since 0.1
 */
public record RepositoryInventory(List<Holding> holdings, long totalBytes, long unneededBytes) {

    public RepositoryInventory {
        holdings = List.copyOf(holdings);
    }

    /**
     * What one plan has.
     *
     * @param plan what the plan is called in the repository: its name and a piece of its uid
     * @param kind what it is, such as {@code image}
     * @param names each of them, by its name on the source
     * @param sizeBytes all of it, with what other plans share
     * @param lastUsed when a run last used it
     */
    public record Holding(String plan, String kind, List<String> names, long sizeBytes, Instant lastUsed) {

        public Holding {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return plan + ": " + Counts.of(names.size(), kind) + ", " + Sizes.format(sizeBytes) + ", last used "
                    + lastUsed;
        }
    }

    /** {@return this and another one together} */
    RepositoryInventory and(RepositoryInventory other) {
        return new RepositoryInventory(
                Stream.concat(holdings.stream(), other.holdings.stream()).toList(),
                totalBytes + other.totalBytes,
                unneededBytes + other.unneededBytes);
    }

    /** {@return all of it, a line for each plan and each thing that it has} */
    public String describe() {
        return holdings.stream()
                        .map(holding -> holding + "\n"
                                + holding.names().stream()
                                        .map(name -> "  " + name + "\n")
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining())
                + this;
    }

    @Override
    public String toString() {
        return Counts.of(holdings.size(), "holding") + ", " + Sizes.format(totalBytes) + ", of which no plan needs "
                + Sizes.format(unneededBytes);
    }
}

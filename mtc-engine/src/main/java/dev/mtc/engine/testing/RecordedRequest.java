package dev.mtc.engine.testing;

/**
 * A request that an {@link EmbeddedCluster} got.
 *
 * @param verb the HTTP method
 * @param resource the resource in the plural, or empty if it was for none
 * @param path the path
 * @param query the query as it was sent, or empty
 * @param userAgent who sent it, or empty
 * @since 0.1
 */
public record RecordedRequest(String verb, String resource, String path, String query, String userAgent) {}

package dev.mtc.engine.internal.companion;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An object outside of namespaces that comes along.
 *
 * @param resource plural name with group
 * @param name its name
 * @param object as it is on the source, without what concerns others
 */
public record Companion(String resource, String name, ObjectNode object) {}

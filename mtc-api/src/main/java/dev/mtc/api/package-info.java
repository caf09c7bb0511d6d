/**
 * The fluent API: clusters, storage, plans, migrations, their progress, results and errors. Everything here is an
 * immutable value or documents its thread-safety.
 */
@NullMarked
package dev.mtc.api;

import org.jspecify.annotations.NullMarked;

/**
 * Kubernetes objects on their way from the source to the target: capture into an archive, preparation for the target, comparison with
 * what is there, application in waves, and removal for a rollback.
 */
@NullMarked
package dev.mtc.engine.internal.objects;

import org.jspecify.annotations.NullMarked;

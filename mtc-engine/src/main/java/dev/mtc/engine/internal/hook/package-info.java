/**
 * Hooks that run as Jobs: what such a Job looks like, how it is looked after until it has ended, and how it is removed. A Job is
 * found again by the next process that drives the run.
 */
@NullMarked
package dev.mtc.engine.internal.hook;

import org.jspecify.annotations.NullMarked;

/**
 * A small Kubernetes API server inside the JVM for tests and demonstrations. It stores what it is given, answers as a
 * real server does, runs the controllers that a migration depends on, and can be told to fail.
 */
@NullMarked
package dev.mtc.engine.testing;

import org.jspecify.annotations.NullMarked;

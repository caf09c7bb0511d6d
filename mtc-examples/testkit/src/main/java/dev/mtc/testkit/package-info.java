/**
 * Tests of migrations without a cluster: a JUnit 5 extension that holds two embedded clusters, a registry for each, an object
 * store and volumes, all with fault switches, and assertions on results.
 */
@NullMarked
package dev.mtc.testkit;

import org.jspecify.annotations.NullMarked;

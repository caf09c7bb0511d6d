/** What a plan means on its two clusters: checks, volumes, images and the preview. */
@NullMarked
package dev.mtc.engine.internal.plan;

import org.jspecify.annotations.NullMarked;

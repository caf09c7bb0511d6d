/** The custom resource definitions of MTC's kinds: installed where they are missing, judged where they are not. */
@NullMarked
package dev.mtc.engine.internal.crds;

import org.jspecify.annotations.NullMarked;

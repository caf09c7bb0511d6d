/** Migration tests as users of mtc write them; the guides show them. */
@NullMarked
package dev.mtc.examples.sample;

import org.jspecify.annotations.NullMarked;

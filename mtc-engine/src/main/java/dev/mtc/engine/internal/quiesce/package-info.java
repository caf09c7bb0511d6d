/** Scaling applications down and up again, with a record of what was changed on the objects themselves. */
@NullMarked
package dev.mtc.engine.internal.quiesce;

import org.jspecify.annotations.NullMarked;

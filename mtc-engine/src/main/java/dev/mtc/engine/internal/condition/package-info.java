/** What holds for plans, clusters, storages and migrations, in MTC's words: conditions and what they are made from. */
@NullMarked
package dev.mtc.engine.internal.condition;

import org.jspecify.annotations.NullMarked;

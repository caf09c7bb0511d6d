/** One small class for each phase. A phase looks, acts so that acting again does no harm, and says what is to happen next. */
@NullMarked
package dev.mtc.engine.internal.phase;

import org.jspecify.annotations.NullMarked;

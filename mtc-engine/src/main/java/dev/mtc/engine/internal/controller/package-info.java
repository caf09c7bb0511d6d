/** Controller mode: MTC's resources on a host cluster are looked after by the same engine that programs drive. */
@NullMarked
package dev.mtc.engine.internal.controller;

import org.jspecify.annotations.NullMarked;

/** Claims on the target and the tables of transfers that images and volumes are moved by. */
@NullMarked
package dev.mtc.engine.internal.transfer;

import org.jspecify.annotations.NullMarked;

/** What every implementation of the SPI must do, as abstract tests that implementations extend. */
@NullMarked
package dev.mtc.api.contract;

import org.jspecify.annotations.NullMarked;

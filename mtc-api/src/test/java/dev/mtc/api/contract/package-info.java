/** Suites that every implementation of the SPI must pass; an implementation's tests extend them. */
@NullMarked
package dev.mtc.api.contract;

import org.jspecify.annotations.NullMarked;

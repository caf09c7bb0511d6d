/** What authors of movers, object stores and engines implement; found by {@link java.util.ServiceLoader} or given by hand. */
@NullMarked
package dev.mtc.api.spi;

import org.jspecify.annotations.NullMarked;

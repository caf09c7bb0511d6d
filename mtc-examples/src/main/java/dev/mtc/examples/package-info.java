/** Programs that show mtc at work: {@code run migrate}, {@code run demo}. */
@NullMarked
package dev.mtc.examples;

import org.jspecify.annotations.NullMarked;

/** Where the engine begins: it starts runs, reports on plans and previews them with what the packages below it do. */
@NullMarked
package dev.mtc.engine.internal;

import org.jspecify.annotations.NullMarked;

/** Object stores: buckets of S3-compatible servers, and directories. */
@NullMarked
package dev.mtc.transfer.internal.objectstore;

import org.jspecify.annotations.NullMarked;

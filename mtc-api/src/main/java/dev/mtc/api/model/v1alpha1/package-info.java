/**
 * The custom resources of {@code migration.openshift.io/v1alpha1} as they stand on the wire: mutable beans that read and
 * write MTC's JSON, field names, order and omitted empties included, and keep the fields they do not know. The bottom
 * layer: nothing here uses the rest of the API.
 */
@NullMarked
package dev.mtc.api.model.v1alpha1;

import org.jspecify.annotations.NullMarked;

/**
 * The one JSON form of products and releases: of import, export, operator API and database
 * (docs/catalogue.schema.json). Both adapters use it, hence it is neither's.
 */
@NullMarked
package io.towncrier.releases.json;

import org.jspecify.annotations.NullMarked;

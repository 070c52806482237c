package io.towncrier.releases;

/**
 * The catalogue as one document: what export writes and import takes (docs/catalogue.schema.json).
 */
public interface CatalogueDocument {
  /** UTF-8; equal catalogues have equal bytes. */
  byte[] write(CatalogueStore.Content content);

  /**
   * A whole catalogue, as it was written.
   *
   * @param revision that it has
   * @throws IllegalArgumentException when it is not such a document
   */
  CatalogueStore.Content read(byte[] document, CatalogueStore.Revision revision);
}

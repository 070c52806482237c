package io.towncrier.updates.published;

class InMemoryObjectsTest extends SnapshotObjectsContract {
  @Override
  protected SnapshotObjects objects() {
    return new InMemoryObjects();
  }
}

package io.towncrier.privacy;

/**
 * Where a sealed value belongs; it opens nowhere else.
 *
 * @param table of the database
 * @param column of the table
 * @param row the row's primary key
 */
public record Place(String table, String column, String row) {}

package io.towncrier.overview;

import io.towncrier.platform.PageRequest;

/**
 * Which part of a list is asked for, by one of several keys.
 *
 * @param key what it is sorted by; items that are equal there stand in the order of their ids
 * @param request its cursor is the id of the last item of the page before
 */
public record Sorted<K>(String key, PageRequest<K> request) {}

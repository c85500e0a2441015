package io.berth.driver.storage;

import io.berth.driver.DataSize;

/**
 * What is in a directory.
 *
 * @param files and links, folders not counted
 * @param size sum of the files' lengths
 * @param allocated what they take; less than {@code size} for sparse ones
 */
public record DirectoryContent(long files, DataSize size, DataSize allocated) {}

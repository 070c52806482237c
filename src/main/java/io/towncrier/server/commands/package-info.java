@NullMarked
package io.towncrier.server.commands;

import org.jspecify.annotations.NullMarked;

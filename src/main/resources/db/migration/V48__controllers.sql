-- One device a controllerId. Partial, for the reason of device_push_address: it must be no key.
CREATE UNIQUE INDEX device_controller ON device (controller_index) WHERE controller_index IS NOT NULL;

-- Makes the requests of a file in turn: method, path, credential, body and what If-None-Match says, with tabs between.
local requests = {}
local at = 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, credential, body, tag = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = { ["Content-Type"] = "application/json" }
    if credential ~= "" then
      headers["Authorization"] = "Bearer " .. credential
    end
    if tag ~= "" then
      headers["If-None-Match"] = tag
    end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("FIGURES %d %d %d %d %d %d\n",
    summary.requests, summary.duration, summary.bytes, latency:percentile(50.0), latency:percentile(99.0),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
